#!/usr/bin/env python3
"""Loopback mock of IMDSv2 / container creds / STS Query / SSO portal / OIDC / signin. Logs every request as JSON lines."""
import http.server, json, sys, re, time, urllib.parse, datetime, os
LOG=open(os.devnull,"w")
FUT=(datetime.datetime.utcnow()+datetime.timedelta(hours=6)).strftime('%Y-%m-%dT%H:%M:%SZ')
class H(http.server.BaseHTTPRequestHandler):
    protocol_version='HTTP/1.1'
    def log_message(self,*a): pass
    def out(self,code,body,ct='text/plain',hdr={}):
        b=body.encode() if isinstance(body,str) else body
        self.send_response(code); self.send_header('Content-Type',ct); self.send_header('Content-Length',str(len(b)))
        for k,v in hdr.items(): self.send_header(k,v)
        self.end_headers(); self.wfile.write(b)
    def handle_any(self):
        n=int(self.headers.get('Content-Length') or 0); body=self.rfile.read(n).decode('utf8','replace') if n else ''
        a=self.headers.get('Authorization') or ''
        m=re.search(r'Credential=([^/]+)/(\d+)/([^/]+)/([^/]+)/',a)
        LOG.write(json.dumps(dict(m=self.command,p=self.path,akid=m and m.group(1),sr=m and m.group(3),body=body[:900],auth=(a[:60] if not m else ''),host=self.headers.get('Host'),tok=self.headers.get('X-Amz-Security-Token')))+'\n')
        p=self.path
        if p=='/latest/api/token': return self.out(200,'TOKEN',hdr={'x-aws-ec2-metadata-token-ttl-seconds':'21600'})
        if p.startswith('/latest/meta-data/iam/security-credentials-extended'): return self.out(404,'')
        if p.rstrip('/')=='/latest/meta-data/iam/security-credentials': return self.out(200,'imdsrole')
        if p=='/latest/meta-data/iam/security-credentials/imdsrole':
            return self.out(200,json.dumps(dict(Code='Success',LastUpdated='2020-01-01T00:00:00Z',Type='AWS-HMAC',AccessKeyId='AKIDIMDS',SecretAccessKey='s',Token='TIMDS',Expiration=FUT)),'application/json')
        if p.startswith('/latest/meta-data/placement/availability-zone'): return self.out(200,'im-ds-1a')
        if p.startswith('/latest/meta-data/placement/region'): return self.out(200,'im-ds-1')
        if p.startswith('/latest/dynamic/instance-identity/document'): return self.out(200,json.dumps(dict(region='im-ds-1',availabilityZone='im-ds-1a',accountId='123456789012')),'application/json')
        if p.startswith('/ecs'):
            return self.out(200,json.dumps(dict(RoleArn='arn:aws:iam::1:role/ecs',AccessKeyId='AKIDECS',SecretAccessKey='s',Token='TECS',Expiration=FUT)),'application/json')
        if p.startswith('/federation/credentials'):
            q=urllib.parse.parse_qs(urllib.parse.urlparse(p).query)
            return self.out(200,json.dumps(dict(roleCredentials=dict(accessKeyId='AKIDSSO-'+q['role_name'][0],secretAccessKey='s',sessionToken='TSSO',expiration=int((time.time()+21600)*1000)))),'application/json')
        if self.command=='POST' and p in('/','') :
            q=urllib.parse.parse_qs(body); act=(q.get('Action') or ['?'])[0]
            if act in('AssumeRole','AssumeRoleWithWebIdentity'):
                role=re.sub('[^A-Za-z0-9-]','',q['RoleArn'][0].split('/')[-1])
                src=(m.group(1) if m else 'anon')
                tag='WEBID' if act.endswith('Identity') else 'ROLE'
                ak=f'{tag}-{role}' if tag=='WEBID' else f'{tag}-{role}~{src}'
                return self.out(200,f'<{act}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><{act}Result><AssumedRoleUser><AssumedRoleId>AROA:s</AssumedRoleId><Arn>arn:aws:sts::123456789012:assumed-role/{role}/s</Arn></AssumedRoleUser><Credentials><AccessKeyId>{ak}</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>TSTS</SessionToken><Expiration>{FUT}</Expiration></Credentials></{act}Result><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></{act}Response>','text/xml')
            if act=='GetCallerIdentity':
                return self.out(200,f'<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Arn>arn:aws:iam::123456789012:user/{m and m.group(1)}</Arn><UserId>{m and m.group(1)}</UserId><Account>123456789012</Account></GetCallerIdentityResult></GetCallerIdentityResponse>','text/xml')
        return self.out(404,'nope')
    do_GET=do_POST=do_PUT=do_HEAD=handle_any
import threading,socket
class S6(http.server.ThreadingHTTPServer):
    address_family=socket.AF_INET6
    def server_bind(self):
        self.socket.setsockopt(socket.IPPROTO_IPV6,socket.IPV6_V6ONLY,1); super().server_bind()
for mk in (lambda: http.server.ThreadingHTTPServer(('0.0.0.0',80),H), lambda: S6(('::',80),H)):
    try: threading.Thread(target=mk().serve_forever,daemon=True).start()
    except Exception as e: print('no80',e,file=sys.stderr)
http.server.ThreadingHTTPServer(('127.0.0.1',int(sys.argv[1])),H).serve_forever()
